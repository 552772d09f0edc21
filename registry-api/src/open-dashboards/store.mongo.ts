import { type Connection, Schema } from 'mongoose';
import type { OpenDashboardStore, RunningWidget } from './store';

interface OpenDashboardDocument {
  _id: string;
  at: number;
  widgets: RunningWidget[];
}

const schema = new Schema<OpenDashboardDocument>(
  {
    _id: { type: String, required: true },
    at: { type: Number, required: true },
    widgets: [{ _id: false, name: String, version: String }],
  },
  { versionKey: false, collection: 'openDashboards' },
);
schema.index({ 'widgets.name': 1, at: 1 });
schema.index({ at: 1 });

export async function createMongoOpenDashboards(connection: Connection): Promise<OpenDashboardStore> {
  const dashboards = connection.model<OpenDashboardDocument>('OpenDashboard', schema);
  await dashboards.createIndexes();
  const plain = (document: OpenDashboardDocument | null): RunningWidget[] =>
    (document?.widgets ?? []).map(({ name, version }) => ({ name, version }));
  return {
    report: async ({ id, widgets, at }) =>
      plain(await dashboards.findOneAndUpdate({ _id: id }, { $set: { at, widgets: [...widgets] } }, { upsert: true }).lean()),
    close: async (id) => plain(await dashboards.findOneAndDelete({ _id: id }).lean()),
    count: async (widget, since) =>
      (
        await dashboards.aggregate<{ _id: string; dashboards: number }>([
          { $match: { 'widgets.name': widget, at: { $gte: since } } },
          { $unwind: '$widgets' },
          { $match: { 'widgets.name': widget } },
          { $group: { _id: '$widgets.version', dashboards: { $sum: 1 } } },
          { $sort: { dashboards: -1, _id: 1 } },
        ])
      ).map(({ _id, dashboards: number }) => ({ version: _id, dashboards: number })),
    forget: async (before) => {
      const names = await dashboards.distinct('widgets.name', { at: { $lt: before } });
      await dashboards.deleteMany({ at: { $lt: before } });
      return names.sort();
    },
  };
}
