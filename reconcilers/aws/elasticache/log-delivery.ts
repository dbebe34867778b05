import type {
  DestinationType,
  LogDeliveryConfiguration,
  LogDeliveryConfigurationRequest,
  LogFormat,
  LogType,
} from '@aws-sdk/client-elasticache';

/** By the type of log, `slow-log` or `engine-log`; what is not there is not delivered. */
export type LogDelivery = Readonly<Partial<Record<LogType, LogDestination>>>;

export type LogDestination = {
  readonly destinationType: DestinationType;
  /** The name of the log group or delivery stream. */
  readonly destination: string;
  readonly format: LogFormat;
};

export function logDeliveryIn(configurations: readonly LogDeliveryConfiguration[] | undefined): LogDelivery {
  const delivered: Partial<Record<LogType, LogDestination>> = {};
  for (const { LogType, DestinationType, DestinationDetails, LogFormat, Status } of configurations ?? []) {
    if (LogType === undefined || DestinationType === undefined || Status === 'disabling') continue;
    const { CloudWatchLogsDetails, KinesisFirehoseDetails } = DestinationDetails ?? {};
    delivered[LogType] = {
      destinationType: DestinationType,
      destination: CloudWatchLogsDetails?.LogGroup ?? KinesisFirehoseDetails?.DeliveryStream ?? '',
      format: LogFormat ?? 'text',
    };
  }
  return delivered;
}

/** What is delivered now and not wanted is switched off. */
export function logDeliveryRequest(
  wanted: LogDelivery,
  actual: LogDelivery,
): LogDeliveryConfigurationRequest[] {
  const types = ['slow-log', 'engine-log'] as const;
  return types.flatMap((LogType): LogDeliveryConfigurationRequest[] => {
    const { [LogType]: log } = wanted;
    if (log === undefined) return actual[LogType] === undefined ? [] : [{ LogType, Enabled: false }];
    const DestinationDetails =
      log.destinationType === 'cloudwatch-logs'
        ? { CloudWatchLogsDetails: { LogGroup: log.destination } }
        : { KinesisFirehoseDetails: { DeliveryStream: log.destination } };
    const { destinationType: DestinationType, format: LogFormat } = log;
    return [{ LogType, DestinationType, DestinationDetails, LogFormat, Enabled: true }];
  });
}
