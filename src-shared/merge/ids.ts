type WithId = { $: { id: string } };

export function idOf(node: WithId): string {
  return node.$.id;
}

export function withoutId<T extends WithId>(node: T): T {
  return { ...node, $: { ...node.$, id: '' } };
}
