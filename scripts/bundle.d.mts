/**
 * Bundles an entry and everything it imports into a directory that runs alone, with the licences of what was bundled.
 * What was in the directory is removed.
 */
export declare function bundle(entry: string, directory: string): Promise<void>;

/** Bundles the action into a directory. What was in the directory is removed. */
export declare function bundleAction(directory: string): Promise<void>;
