package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the file by which people and scripts work with a lab. */
final class LabEnv {
  private LabEnv() {}

  static void write(Lab lab, LabPlan plan, Path file, Map<String, String> more) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("LAB_ID", lab.id());
    values.put("LAB_ENTER", lab.enter());
    values.put("LAB_BIN", lab.bin().toString());
    values.put("LAB_SSH_CONFIG", lab.sshConfig().toString());
    if (plan.etcd().isPresent()) {
      etcd(lab, values);
    }
    if (plan.kubernetes()) {
      values.put("KUBECONFIG", lab.kubeconfig().toString());
    }
    if (plan.aws()) {
      aws(lab, values);
    }
    values.putAll(more);
    LabPki.secretFile(
        file, "PATH=" + quoted(lab.bin().toString()) + ":\"$PATH\"\n" + lines(values));
  }

  private static void etcd(Lab lab, Map<String, String> values) {
    EtcdAccess etcd = lab.etcd();
    String running =
        lab.hosts().stream()
            .filter(LabHost::isRunning)
            .map(host -> etcd.endpoint(host).toString())
            .collect(Collectors.joining(","));
    values.put("ETCDCTL_API", "3");
    values.put("ETCDCTL_ENDPOINTS", running);
    values.put("ETCDCTL_CACERT", etcd.ca().toString());
    values.put("ETCDCTL_CERT", etcd.cert().toString());
    values.put("ETCDCTL_KEY", etcd.key().toString());
  }

  private static void aws(Lab lab, Map<String, String> values) {
    values.put("AWS_ENDPOINT_URL", lab.awsEndpoint().toString());
    values.put("AWS_REGION", "us-east-1");
    values.put("AWS_DEFAULT_REGION", "us-east-1");
    values.put("AWS_ACCESS_KEY_ID", "lab");
    values.put("AWS_SECRET_ACCESS_KEY", "lab");
    values.put("LAB_ZONE_ID", lab.zoneId());
    values.put("LAB_TG_INTERNAL_ARN", lab.internalTargetGroup());
    values.put("LAB_TG_EXTERNAL_ARN", lab.externalTargetGroup());
  }

  private static String lines(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + "=" + quoted(value.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
