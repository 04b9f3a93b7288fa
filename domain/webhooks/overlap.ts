/** How many hours a secret that was replaced still signs beside the new one: usually, and at most. */
export const USUAL_OVERLAP_HOURS = 24;
export const LONGEST_OVERLAP_HOURS = 168;
