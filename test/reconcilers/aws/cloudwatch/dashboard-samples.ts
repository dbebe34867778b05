import type { DashboardSpec } from '../../../../reconcilers/aws/cloudwatch/dashboard-spec.ts';

export function sampleDashboard(name: string, title = 'Requests'): DashboardSpec {
  const metrics = [['AWS/ApplicationELB', 'RequestCount', 'LoadBalancer', 'app/api/0123456789abcdef']];
  const properties = { title, region: 'eu-west-1', view: 'timeSeries', period: 60, metrics };
  return {
    name,
    body: { start: '-PT3H', widgets: [{ type: 'metric', x: 0, y: 0, width: 8, height: 6, properties }] },
  };
}
