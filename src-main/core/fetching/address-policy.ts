import ipaddr from 'ipaddr.js';

/** Decides whether a resolved IP address may be connected to. */
export type AddressPolicy = (address: string) => boolean;

/**
 * Only addresses of the public Internet: no loopback, private, link-local, carrier, multicast or reserved ones, nor
 * IPv6 forms that hide an IPv4 address. Otherwise a link in a text could reach a router or a cloud's metadata.
 */
export const isPublicAddress: AddressPolicy = (address) =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
