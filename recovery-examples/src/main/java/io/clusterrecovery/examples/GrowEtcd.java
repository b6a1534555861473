package io.clusterrecovery.examples;

import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.ssh.SshHost;
import java.io.IOException;

/**
 * Adds new hosts to etcd, one after the other: each as a learner, promoted once it is in sync, and
 * read back from every voter before the next. Run again, it goes on where it was stopped.
 *
 * <p>Settings: {@code survivor} with an address, {@code new} with an address and a peer URL each,
 * and those of SSH and etcd; see {@link ExampleSettings}.
 */
public final class GrowEtcd {
  private GrowEtcd() {}

  /** Takes the settings' file. */
  public static void main(String[] arguments) throws IOException {
    ExampleSettings settings = ExampleSettings.read(arguments);
    for (String name : settings.texts("new")) {
      try (SshHost host = settings.host(name)) {
        System.out.println(
            MemberExpander.on(settings.etcd())
                .add(name, settings.peer(name), host)
                .build()
                .expand());
      }
    }
  }
}
