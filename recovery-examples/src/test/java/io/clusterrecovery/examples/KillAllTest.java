package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillAllTest {
  private static final KillPoint A = KillPoint.parse("before:a");
  private static final KillPoint B = KillPoint.parse("inside:a");
  private static final KillPoint C = KillPoint.parse("after:a");

  @TempDir Path dir;
  private final List<List<KillPoint>> drills = new ArrayList<>();
  private Path file = Path.of("unset");

  @BeforeEach
  void nameFile() {
    file = dir.resolve("points");
  }

  @Test
  void run_pointThatIsNotReachedWithOthers_hasADrillOfItsOwn() throws IOException {
    Exit exit = run(List.of(List.of(A, B), List.of(C)), List.of(B), Exit.HELD);

    assertThat(exit).isEqualTo(Exit.HELD);
    assertThat(drills).containsExactly(List.of(A, B), List.of(C), List.of(B));
    assertThat(Files.readAllLines(file))
        .containsExactly(A + " " + Exit.HELD, C + " " + Exit.HELD, B + " " + Exit.HELD);
  }

  @Test
  void run_pointThatIsNotReachedAlone_fails() throws IOException {
    Exit exit = run(List.of(List.of(A)), List.of(A, A), Exit.HELD);

    assertThat(exit).isEqualTo(Exit.FAILED);
    assertThat(Files.readAllLines(file)).containsExactly(A + " " + Exit.FAILED);
  }

  @Test
  void run_drillThatFails_leavesItsPointsToTheNextRun() throws IOException {
    assertThat(run(List.of(List.of(A, B)), List.of(), Exit.CHECK_FAILED))
        .isEqualTo(Exit.CHECK_FAILED);
    Files.writeString(file, C + " " + Exit.HELD + "\n", StandardOpenOption.APPEND);
    drills.clear();

    run(List.of(List.of(A, C), List.of(B)), List.of(), Exit.HELD);

    assertThat(drills).containsExactly(List.of(A), List.of(B));
  }

  /** The first drills do not reach those. */
  private Exit run(List<List<KillPoint>> wanted, List<KillPoint> unreached, Exit exit) {
    List<KillPoint> missed = new ArrayList<>(unreached);
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    return new KillAll(file, out)
        .run(
            wanted,
            points -> {
              drills.add(points);
              List<KillPoint> now = points.stream().filter(missed::remove).toList();
              return new KillAll.Killed(exit, now);
            });
  }
}
