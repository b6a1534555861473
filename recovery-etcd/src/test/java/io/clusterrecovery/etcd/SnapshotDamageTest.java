package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.etcd.BoltWriter.Element;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to mislead, and files damaged at random. */
class SnapshotDamageTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void inspect_freelistThatNamesWhatIsFree_isWhole() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long root = members(bolt);
    long free = bolt.garbage();
    long list = bolt.freelist(free);

    assertThat(Snapshot.inspect(file(bolt.finish(root, list))).members()).hasSize(1);
  }

  @Test
  void inspect_pageNeitherUsedNorFree_isCorrupt() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long root = members(bolt);
    bolt.garbage();

    assertCorrupt(bolt.finish(root, bolt.freelist()), "neither used nor free");
  }

  @Test
  void inspect_pageUsedAndFree_isCorrupt() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long root = members(bolt);

    assertCorrupt(bolt.finish(root, bolt.freelist(root)), "pointed to twice");
  }

  @Test
  void inspect_pageTwiceFree_isCorrupt() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long root = members(bolt);
    long free = bolt.garbage();

    assertCorrupt(bolt.finish(root, bolt.freelist(free, free)), "pointed to twice");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1000, Long.MAX_VALUE, -2})
  void inspect_pageThatIsNotThere_isCorrupt(long id) throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long root = bolt.leaf(Element.bucket("key", id == 0 ? 1 : id), Element.inline("members"));

    assertCorrupt(bolt.finish(root, BoltWriter.NO_FREELIST), "which it does not have");
    assertCorrupt(bolt.finish(id, BoltWriter.NO_FREELIST), "which it does not have");
  }

  /** Each of 60,000 elements would claim the same megabyte, were that allowed. */
  @Test
  void inspect_elementsThatShareBytes_isRefusedAtOnce() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    Element[] elements =
        IntStream.range(0, 60_000)
            .mapToObj(i -> Element.entry("%08d".formatted(i), new byte[i == 0 ? 1 << 20 : 0]))
            .toArray(Element[]::new);
    long keys = bolt.leaf(elements);
    long root = bolt.leaf(Element.bucket("key", keys), Element.inline("members"));
    ByteBuffer bytes =
        ByteBuffer.wrap(bolt.finish(root, BoltWriter.NO_FREELIST)).order(ByteOrder.LITTLE_ENDIAN);
    int page = (int) keys * BoltBytes.PAGE;
    for (int i = 1; i < elements.length; i++) {
      int at = page + 16 + i * 16;
      bytes.putInt(at + 4, 16 * (elements.length - i)).putInt(at + 12, 1 << 20);
    }

    assertCorrupt(bytes.array(), "damaged at its element 1");
  }

  /** Two to the power of thirty paths lead through these pages. */
  @Test
  void inspect_branchesThatMeetAgain_isRefusedAtOnce() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long below = bolt.leaf(Element.entry("a", new byte[0]));
    for (int depth = 0; depth < 30; depth++) {
      below = bolt.branch(Element.child(bytes("a"), below), Element.child(bytes("b"), below));
    }
    long root = withAuth(bolt, below);

    assertCorrupt(bolt.finish(root, BoltWriter.NO_FREELIST), "pointed to twice");
  }

  @Test
  void inspect_branchesBelowEachOtherWithoutEnd_isRefusedAtOnce() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long below = bolt.leaf(Element.entry("z", new byte[0]));
    for (int depth = 0; depth < 5000; depth++) {
      below = bolt.branch(Element.child(bytes("a"), below));
    }
    long root = withAuth(bolt, below);

    assertCorrupt(bolt.finish(root, BoltWriter.NO_FREELIST), "is damaged");
  }

  @Test
  void inspect_keysOutOfOrder_isCorrupt() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long leaf = bolt.leaf(Element.entry("b", bytes("1")), Element.entry("a", bytes("2")));
    long root = withAuth(bolt, leaf);

    assertCorrupt(bolt.finish(root, BoltWriter.NO_FREELIST), "not in order");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b b c", "a d b c", "b a c d", "a b c a"})
  void inspect_leafOutsideOfItsBranch_isCorrupt(String keys) throws Exception {
    String[] key = keys.split(" ", -1);
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long left = bolt.leaf(Element.entry(key[1], bytes("1")));
    long right = bolt.leaf(Element.entry(key[3], bytes("2")));
    long branch =
        bolt.branch(Element.child(bytes(key[0]), left), Element.child(bytes(key[2]), right));
    long root = withAuth(bolt, branch);

    assertCorrupt(bolt.finish(root, BoltWriter.NO_FREELIST), "not in order");
  }

  @Test
  void inspect_emptyLeafBelowABranch_isCorrupt() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long branch = bolt.branch(Element.child(bytes("a"), bolt.leaf()));
    long root = bolt.leaf(Element.bucket("key", branch), Element.inline("members"));

    assertCorrupt(bolt.finish(root, BoltWriter.NO_FREELIST), "is damaged");
  }

  @Test
  void inspect_keyLongerThanBboltAllows_isCorrupt() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long root = withAuth(bolt, bolt.leaf(Element.entry("k".repeat(32_769), bytes("1"))));

    assertCorrupt(bolt.finish(root, BoltWriter.NO_FREELIST), "is damaged");
  }

  @Test
  void inspect_bucketWithinABucket_isCorrupt() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long leaf = bolt.leaf(Element.inline("inner"));
    long root = bolt.leaf(Element.bucket("key", leaf), Element.inline("members"));

    assertCorrupt(bolt.finish(root, BoltWriter.NO_FREELIST), "is damaged");
  }

  @Test
  void inspect_pageOfAnotherId_isCorrupt() throws Exception {
    BoltWriter bolt = new BoltWriter(BoltBytes.PAGE);
    long root = members(bolt);
    byte[] bytes = bolt.finish(root, BoltWriter.NO_FREELIST);
    bytes[(int) root * BoltBytes.PAGE] ^= 1;

    assertCorrupt(bytes, "is damaged");
  }

  @Test
  void inspect_everyBitOfASmallFileFlipped_isFoundUnderATrailer() throws Exception {
    byte[] whole = BoltBytes.withTrailer(small(1024));
    for (int place = 0; place < whole.length; place++) {
      byte[] damaged = whole.clone();
      damaged[place] ^= (byte) (1 << place % 8);
      assertThat(codeOf(damaged)).as("bit flipped in byte " + place).isNotEqualTo(Code.UNEXPECTED);
    }
  }

  @Test
  void inspect_cutAtEveryBlock_isRefused() throws Exception {
    byte[] whole = BoltBytes.withTrailer(small(BoltBytes.PAGE));
    for (int length = 0; length < whole.length - 32; length += 256) {
      assertThat(codeOf(Arrays.copyOf(whole, length))).isEqualTo(Code.SNAPSHOT_TRUNCATED);
    }
  }

  @Test
  void inspect_damagedAtRandom_onlyEverRefuses() throws Exception {
    Random random = new Random(5);
    byte[] whole = small(BoltBytes.PAGE);
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (int i = 0; i < 3000; i++) {
            codeOf(damaged(whole, random));
          }
        });
  }

  /** Meta pages are sealed again, so that what they say is believed. */
  @Test
  void inspect_metaPagesThatLie_onlyEverRefuses() throws Exception {
    Random random = new Random(6);
    byte[] whole = small(BoltBytes.PAGE);
    for (int i = 0; i < 1000; i++) {
      ByteBuffer bytes = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
      int field = 24 + 8 * random.nextInt(6);
      long value = random.nextBoolean() ? random.nextLong() : random.nextInt(20);
      for (int meta = 0; meta < 2; meta++) {
        int at = meta * BoltBytes.PAGE;
        bytes.putLong(at + field, value);
        bytes.putLong(at + 72, BoltWriter.fnv(bytes, at + 16, 56));
      }
      codeOf(bytes.array());
    }
  }

  private static byte[] damaged(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    for (int n = random.nextInt(1, 6); n > 0; n--) {
      int page = random.nextInt(2, whole.length / BoltBytes.PAGE);
      int within = random.nextInt(random.nextBoolean() ? 100 : BoltBytes.PAGE);
      int at = page * BoltBytes.PAGE + within;
      switch (random.nextInt(3)) {
        case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> damaged[at] = (byte) random.nextInt(256);
        default -> Arrays.fill(damaged, at, Math.min(at + 8, damaged.length), (byte) 0xFF);
      }
    }
    return damaged;
  }

  private static byte[] small(int pageSize) {
    EtcdBytes etcd = new EtcdBytes().pageSize(pageSize);
    byte[] namespace = KubernetesBytes.namespace("uid-1", Instant.EPOCH.plusSeconds(1));
    etcd.put(1, "/registry/namespaces/kube-system", namespace);
    for (int i = 2; i < 12; i++) {
      etcd.put(i, "/registry/secrets/a/" + i, "k8s:enc:aescbc:v1:key1:" + "x".repeat(i * 20));
    }
    return etcd.delete(12, "/registry/secrets/a/2").done();
  }

  private static long members(BoltWriter bolt) {
    long members = bolt.leaf(BoltBytes.entries(Map.of("a1", BoltBytes.member("m0", "m0.test"))));
    return bolt.leaf(Element.inline("key"), Element.bucket("members", members));
  }

  private static long withAuth(BoltWriter bolt, long page) {
    return bolt.leaf(
        Element.bucket("auth", page), Element.inline("key"), Element.inline("members"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Any other failure than a refusal fails the test. */
  private Code codeOf(byte[] bytes) throws Exception {
    try {
      Snapshot.inspect(file(bytes));
      return Code.UNEXPECTED;
    } catch (RefusedException e) {
      return e.code();
    }
  }

  private void assertCorrupt(byte[] bytes, String found) throws Exception {
    Path file = file(bytes);
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThat(refusal(file))
                .satisfies(e -> assertThat(e.code()).isEqualTo(Code.SNAPSHOT_CORRUPT))
                .satisfies(e -> assertThat(e.found()).contains(found)));
  }

  private static RefusedException refusal(Path file) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        RefusedException.class, () -> Snapshot.inspect(file));
  }

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("snapshot.db"), bytes);
  }
}
