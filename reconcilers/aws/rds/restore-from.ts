/** What a new cluster or instance is made of: another one as it was at a time, or a snapshot. Counts at creation. */
export type RestoreFrom =
  | {
      readonly kind: 'pointInTime';
      readonly sourceIdentifier: string;
      /** RFC 3339; undefined: the latest that can be restored. */
      readonly time: string | undefined;
    }
  | { readonly kind: 'snapshot'; readonly snapshotIdentifier: string };
