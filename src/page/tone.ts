/** What a colour says: all is well; something goes on; look at it; a person is needed; nothing yet. */
export type Tone = "good" | "busy" | "warning" | "bad" | "idle";
