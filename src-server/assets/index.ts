export { openAssetFiles, type AssetFiles } from './files.ts';
export { storeAsset } from './store-asset.ts';
export { receiveBody, type UploadBody } from './upload-body.ts';
export { uploadFiles, type UploadFiles } from './upload-files.ts';
export { openUploads, startCleaning, type Uploads } from './uploads.ts';
