export const letters = (terms, { upper = false }) => terms.flatMap((term) => [...(upper ? term.toUpperCase() : term)])
export const constant = () => 42
