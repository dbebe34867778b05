import type { AnyKind } from '../controller/engine/kind.ts';
import type { Aws } from './aws/cloud.ts';
import { apiService } from './api-service/api-service.ts';
import { dataLake } from './data-lake/data-lake.ts';
import { fintechNetwork } from './fintech-network/fintech-network.ts';
import { ledgerDatabase } from './ledger-database/ledger-database.ts';

/** Every kind that the daemon reconciles; an Environment is none, it has no resources of its own. */
export const kinds: readonly AnyKind<Aws>[] = [dataLake, fintechNetwork, ledgerDatabase, apiService];
