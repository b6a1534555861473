package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Where no lab can be: this JVM runs in the machine's own network namespace. */
class LabExtensionTest {

  @Test
  void class_labCannotBeHad_failsWithTheReasonAndSkipsNothing() {
    TestExecutionSummary summary = NestedTests.run(WithoutALab.class);
    assertThat(summary.getTestsStartedCount()).isZero();
    assertThat(summary.getTestsSkippedCount()).isZero();
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.getException())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a lab needs"));
  }

  static class WithoutALab {
    @RegisterExtension static final LabExtension LAB = LabExtension.of(Lab.builder().hosts("one"));

    @Test
    void any(Lab lab) {
      throw new AssertionError("there is " + lab);
    }
  }
}
