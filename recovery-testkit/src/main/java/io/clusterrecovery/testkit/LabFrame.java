package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all hosts of one lab share: its folder, network, cgroups and SSH identity.
 *
 * @param numbers last address part given out so far
 */
record LabFrame(
    String id,
    Path directory,
    LabNetwork network,
    Cgroups cgroups,
    SshAccess ssh,
    AtomicInteger numbers) {
  static final int SERVICES_NUMBER = 5;
  private static final int FIRST_HOST_NUMBER = 10;
  private static final int FIRST_NEW_NUMBER = 29;
  private static final SecureRandom RANDOM = new SecureRandom();

  static LabFrame create() {
    byte[] random = new byte[5];
    RANDOM.nextBytes(random);
    String id = HexFormat.of().formatHex(random, 0, 4);
    Path directory = folders(LabPaths.state().resolve(id));
    try {
      String prefix = "10.0." + (16 + (random[4] & 0x7f)) + ".";
      LabNetwork network = LabNetwork.create(directory.resolve("net"), prefix);
      SshAccess ssh = SshAccess.create(directory.resolve("ssh"));
      AtomicInteger numbers = new AtomicInteger(FIRST_NEW_NUMBER);
      return new LabFrame(id, directory, network, Cgroups.of(id), ssh, numbers);
    } catch (RuntimeException e) {
      LabRemoval.remove(id);
      throw e;
    }
  }

  /**
   * Makes all folders right under the lab's. Nobody makes them again later: whoever still works on
   * a lab that is being taken down shall fail, not bring its folder back.
   */
  private static Path folders(Path directory) {
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.createFile(directory.resolve(LabRemoval.MARK));
      for (String each : List.of("bin", "hosts", "net", "pki", "services", "ssh")) {
        Files.createDirectory(directory.resolve(each));
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of the founding host of that slot. */
  String founder(int slot) {
    return network.address(FIRST_HOST_NUMBER + slot);
  }

  String newAddress() {
    return network.address(numbers.incrementAndGet());
  }

  String servicesAddress() {
    return network.address(SERVICES_NUMBER);
  }

  Path services() {
    return directory.resolve("services");
  }

  HostFolder folder(String host) {
    return new HostFolder(directory.resolve("hosts").resolve(host));
  }

  LabHost host(HostSetup setup) {
    LabHost host = new LabHost(setup, folder(setup.name()), cgroups, network);
    ssh.add(host.name(), host.address(), host.hostKey());
    return host;
  }
}
