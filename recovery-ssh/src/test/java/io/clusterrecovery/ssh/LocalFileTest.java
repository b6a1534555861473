package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileTest {
  private static final Failures HERE = new Failures("here");
  private static final int SIZE = (int) KnownDigests.LEAST_SIZE + 5;

  @TempDir Path dir;

  @Test
  void sha256_readTwice_isRememberedUntilTheFileChanges() throws IOException {
    Path path = file("one", 1);
    KnownDigests known = new KnownDigests(dir.resolve("known"));
    String digest = LocalFile.at(path, known, HERE).sha256(HERE);
    assertThat(digest).isEqualTo(sha256(Files.readAllBytes(path)));
    byte[] other = Files.readAllBytes(path);
    other[SIZE / 2] ^= 1;
    FileTime time = Files.getLastModifiedTime(path);
    Files.write(path, other);
    // Who sets this time back cannot set the other one.
    Files.setLastModifiedTime(path, time);
    assertThat(LocalFile.at(path, known, HERE).sha256(HERE)).isEqualTo(sha256(other));
  }

  @Test
  void sha256_unchanged_isNotReadAgain() throws IOException {
    Path path = file("one", 1);
    KnownDigests known = new KnownDigests(dir.resolve("known"));
    String digest = LocalFile.at(path, known, HERE).sha256(HERE);
    Path entry;
    try (var entries = Files.list(dir.resolve("known"))) {
      entry = entries.findFirst().orElseThrow();
    }
    Files.writeString(entry, Files.readString(entry).replace(digest, "from the cache"));
    assertThat(LocalFile.at(path, known, HERE).sha256(HERE)).isEqualTo("from the cache");
  }

  @Test
  void key_sameContentElsewhere_isTheSame() throws IOException {
    assertThat(key(file("one", 1))).isEqualTo(key(file("two", 1))).hasSize(16);
    assertThat(key(file("one", 1))).isNotEqualTo(key(file("three", 2)));
    Path shorter = Files.write(dir.resolve("four"), new byte[] {1});
    assertThat(key(shorter)).hasSize(16);
    assertThat(key(Files.createFile(dir.resolve("empty")))).hasSize(16);
  }

  @Test
  void prefixSha256_someBytes_isTheirDigest() throws IOException {
    Path path = Files.writeString(dir.resolve("file"), "abcdef");
    LocalFile file = LocalFile.at(path, new KnownDigests(dir), HERE);
    assertThat(file.prefixSha256(3)).isEqualTo(sha256(new byte[] {'a', 'b', 'c'}));
  }

  @Test
  void isUnchanged_writtenTo_isNot() throws IOException {
    Path path = Files.writeString(dir.resolve("file"), "abcdef");
    LocalFile file = LocalFile.at(path, new KnownDigests(dir), HERE);
    assertThat(file.isUnchanged()).isTrue();
    Files.writeString(path, "abcdefg");
    assertThat(file.isUnchanged()).isFalse();
  }

  private String key(Path path) throws IOException {
    return LocalFile.at(path, new KnownDigests(dir), HERE).key();
  }

  private Path file(String name, int seed) throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return Files.write(dir.resolve(name), bytes);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(SideDigest.sha256().digest(bytes));
  }
}
