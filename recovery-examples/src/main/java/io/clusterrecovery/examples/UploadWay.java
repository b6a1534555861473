package io.clusterrecovery.examples;

import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Lab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to the host that uploads go to.
 *
 * @param address where its sshd listens on that way
 * @param port the port there
 * @param key the key to log in with
 * @param knownHosts where the host's key stands under that address
 */
record UploadWay(String address, int port, Path key, Path knownHosts) {
  static final String USER = "core";

  /** The way to a lab's host by an address of its own. */
  static UploadWay to(Lab lab, String address, int port, Path knownHosts) {
    return new UploadWay(address, port, lab.sshKey(), knownHosts);
  }

  SshHost connect() {
    return SshHost.at(address)
        .port(port)
        .user(USER)
        .identity(key)
        .knownHosts(knownHosts)
        .build()
        .connect();
  }

  /** A command line of OpenSSH's {@code ssh} or {@code scp} on this way, without its arguments. */
  List<String> openssh(String program, String... more) {
    List<String> command = new ArrayList<>(List.of(program, "-q", "-F", "/dev/null"));
    for (String option :
        List.of(
            "Port=" + port,
            "User=" + USER,
            "IdentityFile=" + key,
            "IdentitiesOnly=yes",
            "UserKnownHostsFile=" + knownHosts,
            "StrictHostKeyChecking=yes",
            "BatchMode=yes")) {
      command.addAll(List.of("-o", option));
    }
    command.addAll(List.of(more));
    return command;
  }
}
