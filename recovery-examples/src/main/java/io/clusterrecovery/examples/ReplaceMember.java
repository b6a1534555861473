package io.clusterrecovery.examples;

import io.clusterrecovery.Plan;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.ssh.SshHost;
import java.io.IOException;

/**
 * Replaces one failed member of an etcd that still has quorum by another host: the failed one is
 * proven dead and removed, then the new one is added as a learner and promoted.
 *
 * <p>Settings: {@code survivor}, any healthy member with its address, {@code lost}, the one failed
 * member, {@code new}, the one new host with its address and peer URL, and those of SSH and etcd;
 * see {@link ExampleSettings}.
 */
public final class ReplaceMember {
  private ReplaceMember() {}

  /** Takes the settings' file. */
  public static void main(String[] arguments) throws IOException {
    ExampleSettings settings = ExampleSettings.read(arguments);
    String name = settings.text("new");
    try (SshHost host = settings.host(name)) {
      MemberExpander replacing =
          MemberExpander.on(settings.etcd())
              .replace(settings.text("lost"), name, settings.peer(name), host)
              .build();
      Plan plan = replacing.plan();
      System.out.println(plan);
      System.out.println(replacing.expand());
    }
  }
}
