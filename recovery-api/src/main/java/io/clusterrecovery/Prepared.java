package io.clusterrecovery;

import java.util.function.Function;

/**
 * A step that has looked at the world: its plan, and the way to carry it out on what was seen.
 *
 * @param plan what was found and would be done
 * @param act carries the plan out, verifies by reading back, and gives the result; called only if
 *     the plan refuses nothing
 * @param <R> the result
 */
public record Prepared<R>(Plan plan, Function<RunContext, R> act) {}
