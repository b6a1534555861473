package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a real etcd, whole and damaged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotIT {
  private static final int TRAILER = 32;
  private static final int PAGE = 4096;

  private Path folder = Path.of("unset");
  private byte[] whole = {};
  private Path saved = Path.of("unset");

  @BeforeAll
  void save(@TempDir Path temporary) throws Exception {
    folder = temporary;
    saved = folder.resolve("saved.db");
    try (EtcdProcess etcd = EtcdProcess.start(folder)) {
      for (int i = 0; i < 20; i++) {
        etcd.etcdctl("put", "/registry/things/" + i, "x".repeat(3000));
      }
      etcd.etcdctl("snapshot", "save", saved.toString());
    }
    whole = Files.readAllBytes(saved);
  }

  @Test
  void inspect_asSaved_matchesAndNamesTheMember() {
    Snapshot snapshot = Snapshot.inspect(saved);

    assertThat(snapshot.checksum()).isEqualTo(Snapshot.Checksum.MATCHES);
    assertThat(snapshot.size()).isEqualTo(whole.length);
    assertThat(snapshot.members()).extracting(EtcdMember::name).containsExactly("m0");
    assertThat(snapshot.members().get(0).clientUrls()).hasSize(1);
  }

  @Test
  void inspect_withoutTrailer_isAbsent() throws Exception {
    Path bare = file(Arrays.copyOf(whole, whole.length - TRAILER));

    assertThat(Snapshot.inspect(bare).checksum()).isEqualTo(Snapshot.Checksum.ABSENT);
    assertThat(Snapshot.inspect(bare).members()).hasSize(1);
  }

  @Test
  void inspect_copiedDatabaseFile_isAbsent() throws Exception {
    assertThat(Snapshot.inspect(folder.resolve("etcd/member/snap/db")).checksum())
        .isEqualTo(Snapshot.Checksum.ABSENT);
  }

  @Test
  void inspect_cutAtEveryPageAndAtOddLengths_isTruncated() throws Exception {
    TreeSet<Integer> lengths = new TreeSet<>();
    for (int page = PAGE; page < whole.length - TRAILER; page += PAGE) {
      lengths.addAll(java.util.List.of(page, page + TRAILER, page + 512, page - 1));
    }
    new Random(1).ints(200, 80, whole.length - TRAILER).forEach(lengths::add);
    lengths.addAll(java.util.List.of(0, whole.length - 1, whole.length - 31));

    for (int length : lengths) {
      SnapshotTest.assertRefused(file(Arrays.copyOf(whole, length)), Code.SNAPSHOT_TRUNCATED);
    }
  }

  @Test
  void inspect_anyBitFlippedUnderATrailer_isFound() throws Exception {
    TreeSet<Integer> places = new TreeSet<>();
    new Random(2).ints(300, 0, whole.length).forEach(places::add);
    for (int i = 1; i <= TRAILER; i++) {
      places.add(whole.length - i);
    }
    for (int i = 0; i < 96; i++) {
      places.add(i);
      places.add(PAGE + i);
    }
    for (int place : places) {
      byte[] damaged = whole.clone();
      damaged[place] ^= (byte) (1 << (place % 8));
      assertThat(codeOf(file(damaged)))
          .as("bit flipped at " + place)
          .isIn(Code.SNAPSHOT_CORRUPT, Code.SNAPSHOT_NOT_ETCD, Code.SNAPSHOT_TRUNCATED);
    }
  }

  @Test
  void inspect_pagesOverwrittenAtRandom_endsAlways() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = Arrays.copyOf(whole, whole.length - TRAILER);
      int pages = damaged.length / PAGE;
      int from = random.nextInt(2, pages) * PAGE + random.nextInt(0, 64);
      for (int at = from; at < from + 16; at++) {
        damaged[at] = (byte) random.nextInt(pages);
      }
      Path file = file(damaged);
      assertTimeoutPreemptively(Duration.ofSeconds(5), () -> codeOf(file));
    }
  }

  @Test
  void inspect_trailerOfAnotherSnapshot_isCorrupt() throws Exception {
    byte[] wrong = whole.clone();
    Arrays.fill(wrong, wrong.length - TRAILER, wrong.length, (byte) 7);

    SnapshotTest.assertRefused(file(wrong), Code.SNAPSHOT_CORRUPT);
  }

  /** Any other failure than a refusal fails the test. */
  private static Code codeOf(Path file) {
    try {
      Snapshot.inspect(file);
      return Code.UNEXPECTED;
    } catch (RefusedException e) {
      return e.code();
    }
  }

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("damaged.db"), bytes);
  }
}
