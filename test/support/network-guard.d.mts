/** The hosts that this process tried to reach and must not. */
export declare const violations: string[];
