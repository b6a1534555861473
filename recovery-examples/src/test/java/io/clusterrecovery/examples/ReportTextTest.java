package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.Report;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Runbook;
import org.junit.jupiter.api.Test;

class ReportTextTest {
  private static final Change CHANGE = Change.of("id", "what", "on", "from", "to");

  @Test
  void read_reportOfARun_isThatReport() {
    Runbook.Builder book = Runbook.named("book");
    book.step("one", new Changing());
    Report report = book.build().run();

    assertThat(ReportText.read(report.toJson())).isEqualTo(report);
  }

  private static final class Changing implements RecoveryStep<String> {
    @Override
    public String operation() {
      return "change";
    }

    @Override
    public Prepared<String> prepare(RunContext run) {
      return new Prepared<>(
          Plan.of("change", "it").fact("is", "from").change(CHANGE).build(),
          acting -> {
            acting.change(CHANGE, () -> acting.line("done"));
            return "";
          });
    }
  }
}
