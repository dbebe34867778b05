import { partOf } from '../contract-manifest.ts';
import { contract } from './service.ts';

/** Of the service of the contract. */
export const spec = partOf(contract.service, 'spec');
