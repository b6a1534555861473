package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.Lab;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Objects of a control plane, written and read by {@code kubectl}. */
record KubeadmObjects(Lab lab) {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  void create(String name) throws Exception {
    assertThat(kubectl("create", "configmap", name, "--from-literal=key=" + name).exit).isZero();
  }

  /** Waits until the API server serves, and is sure that these are all there are. */
  void awaitNames(String... names) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    Ran last = kubectl("get", "--raw", "/readyz");
    while (last.exit != 0) {
      assertThat(System.nanoTime()).as(last.out).isLessThan(end);
      last = kubectl("get", "--raw", "/readyz");
    }
    Ran listed = kubectl("get", "configmaps", "-o", "name");
    assertThat(listed.out.lines().filter(line -> !line.endsWith("/kube-root-ca.crt")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(names).map(name -> "configmap/" + name).toList());
  }

  private record Ran(int exit, String out) {}

  private Ran kubectl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(lab.bin().resolve("kubectl").toString());
    command.addAll(List.of("--kubeconfig=" + lab.kubeconfig(), "--request-timeout=10s"));
    command.addAll(List.of(arguments));
    Process ran = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ran.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ran(ran.exitValue(), out);
  }
}
