package io.clusterrecovery.examples;

/**
 * Something that is measured, and what it has to reach.
 *
 * @param name what is measured, and against what
 * @param unit the unit of both sides, such as {@code s}
 * @param goal what it has to reach
 */
record Figure(String name, String unit, Goal goal) {}
