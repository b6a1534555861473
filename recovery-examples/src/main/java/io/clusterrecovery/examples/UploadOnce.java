package io.clusterrecovery.examples;

import io.clusterrecovery.Upload;
import io.clusterrecovery.ssh.SshHost;
import java.nio.file.Path;

/** A process that uploads one file and tells when the host has it, and when it is verified. */
public final class UploadOnce {
  static final String ARRIVED = "arrived";
  static final String VERIFIED = "verified";

  private UploadOnce() {}

  /** Takes address, port, key, known hosts, file and target. */
  public static void main(String[] words) {
    LibraryLogs.onlyWarnings();
    UploadWay way =
        new UploadWay(words[0], Integer.parseInt(words[1]), Path.of(words[2]), Path.of(words[3]));
    try (SshHost host = way.connect()) {
      Upload upload = Upload.of(Path.of(words[4]), words[5]);
      String sha256 =
          host.upload(
                  upload,
                  done -> {
                    if (done.bytes() == done.total()) {
                      System.out.println(ARRIVED);
                    }
                  })
              .sha256();
      System.out.println(VERIFIED + " " + sha256);
    }
  }
}
