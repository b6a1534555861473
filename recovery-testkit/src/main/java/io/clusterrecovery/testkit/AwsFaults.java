package io.clusterrecovery.testkit;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Faults a test can inject into an {@link AwsSimulator}. Each counted fault hits the next requests
 * that ask for something to be changed or read, in the order they arrive. Safe for use by several
 * threads.
 */
public final class AwsFaults {
  private final AtomicInteger throttled = new AtomicInteger();
  private final AtomicInteger lostRequests = new AtomicInteger();
  private final AtomicInteger lostAnswers = new AtomicInteger();
  private final AtomicInteger prior = new AtomicInteger();
  private final AtomicInteger untilCutOff = new AtomicInteger(Integer.MAX_VALUE);
  private volatile boolean credentialsExpired;
  private volatile boolean pendingHeld;
  private volatile boolean silent;

  AwsFaults() {}

  /** Answers the next {@code requests} with a throttling error, without carrying them out. */
  public void throttleNext(int requests) {
    throttled.set(requests);
  }

  /** Cuts the connection of the next {@code requests} before anything was done. */
  public void loseNextRequests(int requests) {
    lostRequests.set(requests);
  }

  /** Carries out the next {@code requests} that change something, then cuts the connection. */
  public void loseNextAnswersToChanges(int requests) {
    lostAnswers.set(requests);
  }

  /** Answers the next {@code batches} of DNS changes with {@code PriorRequestNotComplete}. */
  public void priorRequestNotComplete(int batches) {
    prior.set(batches);
  }

  /**
   * Lets {@code requests} more through, then cuts the connection of every one after them before
   * anything is done, as when who sent them was killed; {@link Integer#MAX_VALUE} lets all through.
   */
  public void cutOffAfter(int requests) {
    untilCutOff.set(requests);
  }

  /** While expired, every request is answered with {@code ExpiredToken}. */
  public void credentialsExpired(boolean on) {
    credentialsExpired = on;
  }

  /** While held, no DNS change becomes in sync. */
  public void holdPending(boolean held) {
    pendingHeld = held;
  }

  /** While silent, connections are accepted and never answered. */
  public void silent(boolean on) {
    silent = on;
  }

  boolean throttle() {
    return take(throttled);
  }

  boolean loseRequest() {
    boolean cutOff = untilCutOff.getAndUpdate(AwsFaults::oneLess) <= 0;
    return cutOff || take(lostRequests);
  }

  boolean loseAnswer() {
    return take(lostAnswers);
  }

  boolean prior() {
    return take(prior);
  }

  boolean credentialsExpired() {
    return credentialsExpired;
  }

  boolean pendingHeld() {
    return pendingHeld;
  }

  boolean silent() {
    return silent;
  }

  private static int oneLess(int left) {
    return left == Integer.MAX_VALUE ? left : Math.max(0, left - 1);
  }

  private static boolean take(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "AwsFaults[throttle %d, lose requests %d, lose answers %d, hold pending %s, silent %s]",
        throttled.get(),
        lostRequests.get(),
        lostAnswers.get(),
        pendingHeld,
        silent);
  }
}
