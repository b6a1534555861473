package io.clusterrecovery.examples;

import org.jspecify.annotations.Nullable;

/**
 * What a figure came to.
 *
 * @param figure what was measured, and against what
 * @param ours the median of our side
 * @param theirs the median of their side, or null where there is none
 * @param unit the unit of both
 * @param ratio the median of the ratios of the rounds, or null where there is no other side
 * @param goal what it had to reach
 * @param holds whether it did
 * @param rounds how many rounds there were
 */
record Measurement(
    String figure,
    double ours,
    @Nullable Double theirs,
    String unit,
    @Nullable Double ratio,
    String goal,
    boolean holds,
    int rounds) {}
