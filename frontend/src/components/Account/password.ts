export const SHORTEST_PASSWORD = 10;
export const PASSWORD_HINT = `At least ${SHORTEST_PASSWORD} characters, and not a common one.`;
