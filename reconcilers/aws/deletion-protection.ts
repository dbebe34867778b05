/** Why what AWS protects from deletion must not be deleted as it is. */
export function protectionOf(isProtected: boolean): string | undefined {
  return isProtected
    ? 'has deletion protection: set deletionProtection to false first, and delete it then'
    : undefined;
}
