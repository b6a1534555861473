package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Change;
import io.clusterrecovery.JournalCopy;
import io.clusterrecovery.Outcome;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The laptop that ran a recovery is lost; the survivor has its journal. */
@ExtendWith(OneHost.class)
class JournalCopyIT {
  @TempDir Path folder;
  private final OneHost.Target target;
  private final List<String> made = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();

  JournalCopyIT(OneHost.Target target) {
    this.target = target;
  }

  /** The end of the program, which no code expects. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void resume_fromTheCopyAfterACrash_goesOnWithTheSameIdAndValues() throws IOException {
    Path lost = folder.resolve("lost");
    try (SshHost host = target.ssh()) {
      assertThatThrownBy(() -> runbook(host, lost, true).run()).isInstanceOf(Crash.class);
      Files.delete(lost);
      RunId run = JournalCopy.runsOn(host).get(0);
      Path fetched = folder.resolve("fetched");
      JournalCopy.fetch(host, run, fetched);

      assertThat(runbook(host, fetched, false).resume().orThrow().run()).isEqualTo(run.value());

      assertThat(tokens).hasSize(2).containsOnly("token-0");
      assertThat(made).containsExactly("half", "whole");
      String copy = "/var/lib/cluster-recovery/" + run;
      assertThat(target.inside("stat -c '%a %U' " + copy + "/journal").strip())
          .isEqualTo("600 root");
      assertThat(target.inside("ls -A " + copy).strip()).isEqualTo("journal");
      assertThat(target.inside("cat " + copy + "/journal").strip())
          .isEqualTo(Files.readString(fetched).strip());
      assertThat(target.inside("ls /var/lib/cluster-recovery")).doesNotContain("lock");
      target.inside("rm -r " + copy);
    }
  }

  private Runbook runbook(SshHost host, Path journal, boolean crashing) {
    Runbook.Builder book =
        Runbook.named("copied").journal(journal).journalCopyOn(host).lockOn(host);
    book.step("change", new Making(crashing));
    Runbook runbook = book.build();
    return runbook;
  }

  private final class Making implements RecoveryStep<Outcome> {
    private static final Change CHANGE = Change.of("make", "make", "it", "nothing", "all");
    private final boolean crashing;

    private Making(boolean crashing) {
      this.crashing = crashing;
    }

    @Override
    public String operation() {
      return "make";
    }

    @Override
    public Prepared<Outcome> prepare(RunContext run) {
      return new Prepared<>(Plan.of("make", "it").change(CHANGE).build(), this::act);
    }

    private Outcome act(RunContext run) {
      tokens.add(run.once("token", () -> "token-" + tokens.size()));
      run.change(
          CHANGE,
          () -> {
            made.add(crashing ? "half" : "whole");
            if (crashing) {
              throw new Crash();
            }
          });
      return Outcome.DONE;
    }
  }
}
