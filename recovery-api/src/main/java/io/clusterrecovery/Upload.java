package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A file to be brought to a host.
 *
 * @param from the local file
 * @param to the absolute path on the host; its folder is made if it is missing, mode 0700
 * @param mode the mode in octal digits
 * @param owner user or user:group that will own it
 */
public record Upload(Path from, String to, String mode, String owner) {

  /** Checks the form. */
  public Upload {
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    if (!to.startsWith("/") || to.endsWith("/") || to.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not the absolute path of a file: " + to);
    }
    if (!mode.matches("[0-7]{3,4}")) {
      throw new IllegalArgumentException("not a mode in octal digits: " + mode);
    }
    if (!owner.matches("[A-Za-z0-9_.][A-Za-z0-9_.-]*(:[A-Za-z0-9_.-]+)?")) {
      throw new IllegalArgumentException("not a user or user:group: " + owner);
    }
  }

  /** {@return an upload that root will own, mode 0600} */
  public static Upload of(Path from, String to) {
    return new Upload(from, to, "0600", "root:root");
  }

  /** {@return this upload with another mode} */
  public Upload mode(String mode) {
    return new Upload(from, to, mode, owner);
  }

  /** {@return this upload with another owner} */
  public Upload owner(String owner) {
    return new Upload(from, to, mode, owner);
  }
}
