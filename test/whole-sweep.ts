/** Set by `npm run test:sweep`: every call, every drift and every change of a field by itself, which takes hours. */
export const isWholeSweep = process.env['SWEEP'] === 'all';
