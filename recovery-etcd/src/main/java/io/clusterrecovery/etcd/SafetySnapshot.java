package io.clusterrecovery.etcd;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A snapshot that a restore took for safety, or why there is none.
 *
 * @param file where it is on this machine, mode 0600, verified; empty if there is none
 * @param revision its revision; 0 if there is none
 * @param words what it is of, or why there is none
 */
public record SafetySnapshot(Optional<Path> file, long revision, String words) {

  @Override
  public String toString() {
    return file.map(path -> "%s, revision %d, of %s".formatted(path, revision, words))
        .orElse("none: " + words);
  }

  static SafetySnapshot of(Snapshot saved, String words) {
    return new SafetySnapshot(Optional.of(saved.file()), saved.contents().revision(), words);
  }

  static SafetySnapshot none(String why) {
    return new SafetySnapshot(Optional.empty(), 0, why);
  }
}
