// Only the search paths of this target count: CICU includes the ICU headers itself, and Swift never sees them.
