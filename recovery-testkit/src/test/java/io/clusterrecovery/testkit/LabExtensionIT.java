package io.clusterrecovery.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** With a lab each for the classes inside, which are run by the tests here. */
class LabExtensionIT {
  private static final Set<String> SEEN = new LinkedHashSet<>();
  private static @Nullable Lab last;

  @Test
  void class_testsOfAllKinds_shareOneLabThatIsGoneAfterwards() {
    SEEN.clear();
    TestExecutionSummary summary = NestedTests.run(SharedByAll.class);
    assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.getException()).hasMessage("of the test itself"));
    assertThat(SEEN).hasSize(1);
    LabTraces.assertNone(requireNonNull(last).id());
  }

  @Test
  void class_oneHostAskedForOfTwo_failsAndLeavesNoLab() {
    SEEN.clear();
    TestExecutionSummary summary = NestedTests.run(AsksForOneOfTwo.class);
    assertThat(summary.getFailures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.getException()).hasMessageContaining("by name"));
    LabTraces.assertNone(requireNonNull(last).id());
  }

  private static void see(Lab lab) {
    SEEN.add(lab.id());
    last = lab;
  }

  static class SharedByAll {
    @RegisterExtension static final LabExtension LAB = LabExtension.of(Lab.builder().hosts("only"));

    @BeforeAll
    static void start(Lab lab) {
      see(lab);
    }

    @Test
    void first(Lab lab, LabHost host) {
      see(lab);
      assertThat(host.run("hostname").orThrow()).isEqualTo("only");
      lab.createBare("later");
    }

    @Test
    void failing() {
      throw new IllegalStateException("of the test itself");
    }

    @Nested
    class Inner {
      @Test
      void inner(Lab lab, LabHost host) {
        see(lab);
        assertThat(host.name()).isEqualTo("only");
      }
    }
  }

  static class AsksForOneOfTwo {
    @RegisterExtension
    static final LabExtension LAB = LabExtension.of(Lab.builder().hosts("one", "two"));

    @BeforeAll
    static void start(Lab lab) {
      see(lab);
    }

    AsksForOneOfTwo(LabHost host) {
      assertThat(host).isNull();
    }

    @Test
    void any() {}
  }
}
