import { GetBucketRequestPaymentCommand, PutBucketRequestPaymentCommand } from '@aws-sdk/client-s3';
import type { BucketSetting } from '../setting.ts';

/** Who pays for requests and downloads. */
export type RequestPayment = 'BucketOwner' | 'Requester';

export const requestPayment: BucketSetting<RequestPayment> = {
  severity: 'cost',
  whenNew: 'BucketOwner',

  async read({ s3, request }) {
    const { Payer } = await s3.send(new GetBucketRequestPaymentCommand(request));
    return Payer ?? 'BucketOwner';
  },

  async write({ s3, request }, Payer) {
    const RequestPaymentConfiguration = { Payer };
    await s3.send(new PutBucketRequestPaymentCommand({ ...request, RequestPaymentConfiguration }));
  },
};
