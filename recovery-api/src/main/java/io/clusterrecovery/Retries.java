package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which failures of a call are worth another attempt, how many they get, and after which pauses.
 *
 * <p>The first rule that fits a failure holds, and each rule counts its own failures: a call that
 * was throttled twice still has all attempts for a broken connection.
 *
 * @param rules the rules, the first one first
 */
public record Retries(List<Rule> rules) {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Copies the list. */
  public Retries {
    rules = List.copyOf(rules);
  }

  /**
   * One kind of failure.
   *
   * @param failure tells whether a failure is of this kind
   * @param attempts how many attempts there are in all, 1 or more
   * @param first the first pause, doubled each time, give or take half of it; at least 10 ms
   * @param longest what a pause grows to, not less than the first
   */
  public record Rule(Predicate<Throwable> failure, int attempts, Duration first, Duration longest) {
    private static final Duration SHORTEST = Duration.ofMillis(10);

    /** Checks the bounds. */
    public Rule {
      requireNonNull(failure, "failure");
      if (attempts < 1) {
        throw new IllegalArgumentException("attempts must be 1 or more, was " + attempts);
      }
      if (first.compareTo(SHORTEST) < 0 || longest.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "pauses grow, from 10 ms or more: first %s, longest %s".formatted(first, longest));
      }
    }
  }

  /** {@return that rule alone} */
  public static Retries of(Rule rule) {
    return new Retries(List.of(rule));
  }

  /** {@return four attempts, after pauses from 200 ms, for the failures that pass} */
  public static Retries of(Predicate<Throwable> passing) {
    return new Retries(List.of(new Rule(passing, ATTEMPTS, FIRST_PAUSE, LONGEST_PAUSE)));
  }

  /** {@return these, and those for failures that no rule so far fits} */
  public Retries or(Retries others) {
    List<Rule> more = new ArrayList<>(rules);
    more.addAll(others.rules());
    return new Retries(more);
  }

  Optional<Rule> ruleFor(Throwable failure) {
    return rules.stream().filter(rule -> rule.failure().test(failure)).findFirst();
  }
}
