package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's lock as another process meets it. */
class JournalLockIT {
  private static final int OPENED = 10;
  private static final int LOCKED = 11;

  @TempDir Path folder = Path.of("");

  @Test
  void open_heldByAnotherProcess_isLocked() throws Exception {
    Path file = folder.resolve("journal");
    try (Journal journal = Journal.open(file, Clock.system())) {
      journal.append(JournalEntry.Kind.VALUE, "key", "one");
      assertThat(openElsewhere(file)).isEqualTo(LOCKED);
    }
    assertThat(openElsewhere(file)).isEqualTo(OPENED);
  }

  @Test
  void open_afterARefusedSecondOpenerOfThisProcess_isStillLocked() throws Exception {
    Path file = folder.resolve("journal");
    try (Journal journal = Journal.open(file, Clock.system())) {
      assertThat(code(file)).isEqualTo(LOCKED);
      Thread.currentThread().interrupt();
      journal.append(JournalEntry.Kind.VALUE, "key", "one");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(openElsewhere(file)).isEqualTo(LOCKED);
    }
  }

  private static int openElsewhere(Path file) throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                JournalLockIT.class.getName(),
                file.toString())
            .inheritIO()
            .start();
    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return other.exitValue();
  }

  private static int code(Path file) {
    try (Journal journal = Journal.open(file, Clock.system())) {
      return journal.entries().isEmpty() ? 1 : OPENED;
    } catch (RefusedException e) {
      return e.code() == Code.JOURNAL_LOCKED ? LOCKED : 1;
    }
  }

  /** The other process. */
  public static void main(String[] arguments) {
    System.exit(code(Path.of(arguments[0])));
  }
}
