package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checks of names, by {@code dig} on the hosts, and of targets, by plain HTTP. */
final class CloudChecks {
  private static final Pattern HEALTHY_TARGET =
      Pattern.compile("<Id>([^<]+)</Id>(?:(?!<Id>).)*?<State>healthy</State>", Pattern.DOTALL);

  private final DrillLab drill;
  private final Lab lab;

  CloudChecks(DrillLab drill) {
    this.drill = drill;
    this.lab = drill.lab();
  }

  /** Where kubeadm runs etcd, its peers are known by address, and no name has to change. */
  Check names() {
    return Check.of("dns", this::dns);
  }

  List<Check> targets() {
    return List.of(
        Check.of("targets-internal", () -> targets("targets-internal", lab.internalTargetGroup())),
        Check.of("targets-external", () -> targets("targets-external", lab.externalTargetGroup())));
  }

  private Check dns() {
    List<String> wanted = drill.members().stream().map(LabHost::address).toList();
    for (LabHost host : drill.members()) {
      List<String> found = List.of(dig(host, "etcd-0"), dig(host, "etcd-1"), dig(host, "etcd-2"));
      if (!found.equals(wanted)) {
        return new Check("dns", false, host.name() + " sees " + found + ", wanted " + wanted);
      }
    }
    return new Check("dns", true, "etcd-0 to etcd-2 are " + wanted + " on 3 hosts");
  }

  private String dig(LabHost host, String name) {
    return host.run("dig", "+short", name + "." + lab.zone()).orThrow().strip();
  }

  private Check targets(String id, String arn) {
    Set<String> wanted = new TreeSet<>(drill.members().stream().map(LabHost::address).toList());
    Set<String> found = new TreeSet<>();
    Matcher matcher = HEALTHY_TARGET.matcher(describeTargetHealth(arn));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return Check.equal(id, wanted, found);
  }

  private String describeTargetHealth(String arn) {
    String form =
        "Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn="
            + URLEncoder.encode(arn, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(lab.awsEndpoint())
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256"
                    + " Credential=lab/20260101/us-east-1/elasticloadbalancing/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
