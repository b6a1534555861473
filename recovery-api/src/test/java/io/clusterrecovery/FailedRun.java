package io.clusterrecovery;

import java.time.Duration;

/** A run whose first step changes and waits, whose second fails, and whose third is not reached. */
final class FailedRun {
  private static final Wait WAIT =
      new Wait("the API to answer", Duration.ofSeconds(30), Duration.ofSeconds(2));

  private final ManualClock clock;

  private FailedRun(ManualClock clock) {
    this.clock = clock;
  }

  static Report report(ManualClock clock) {
    return new FailedRun(clock).report();
  }

  private Report report() {
    Runbook.Builder book = Runbook.named("test book").clock(clock).deadline(Duration.ofMinutes(1));
    Plan plan =
        Plan.of("test", "host-1")
            .change(TestStep.FIRST)
            .forced("acceptSnapshotWithoutChecksum")
            .build();
    book.step("first", TestStep.with(plan, this::changeAndWait));
    book.step("second", TestStep.acting(FailedRun::fails));
    book.step("third", TestStep.unchanged(""));
    return book.build().run();
  }

  private String changeAndWait(RunContext run) {
    run.change(TestStep.FIRST, () -> {});
    Duration end = clock.elapsed().plusSeconds(4);
    return run.await(
        WAIT, () -> clock.elapsed().compareTo(end) < 0 ? Poll.notYet("503") : Poll.done("ok"));
  }

  private static String fails(RunContext run) {
    run.change(
        TestStep.SECOND,
        () -> {
          throw new IllegalStateException("broken");
        });
    return "never";
  }
}
