package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Admission webhooks that nothing is admitted without, and whose service is gone: where they are
 * asked about what a recovery writes, nodes and their pods can't come back, and so the service
 * can't. They are suspended, and put back once the service is there again.
 */
final class BlockingWebhooks implements ClusterCheck<BlockingWebhooks.Seen> {
  private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";

  /** All configurations, and those services of theirs that have somebody behind them. */
  record Seen(List<WebhookConfig> configs, Set<String> served) {}

  @Override
  public String name() {
    return "blocking-webhooks";
  }

  @Override
  public Seen observe(KubeApi api, CleanSettings settings) {
    List<WebhookConfig> configs = new ArrayList<>();
    for (String kind : List.of("mutating", "validating")) {
      Pages.all(api, GROUP + kind + "webhookconfigurations")
          .forEach(config -> configs.add(new WebhookConfig(kind, config)));
    }
    Set<String> services =
        configs.stream()
            .flatMap(config -> config.webhooks().stream())
            .map(Webhook::service)
            .filter(service -> !service.isEmpty())
            .collect(Collectors.toSet());
    return new Seen(
        configs, services.stream().filter(s -> isServed(api, s)).collect(Collectors.toSet()));
  }

  @Override
  public Diagnosis judge(Seen facts, CleanSettings settings) {
    List<Remedy> remedies = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    for (WebhookConfig config : facts.configs()) {
      Set<String> suspend = new HashSet<>();
      Set<String> putBack = new HashSet<>();
      for (Webhook webhook : config.webhooks()) {
        boolean served = facts.served().contains(webhook.service());
        boolean suspended = config.suspended().contains(webhook.name());
        if (suspended && served) {
          putBack.add(webhook.name());
        } else if (suspended) {
          waiting.add(webhook.name() + " of " + webhook.service());
        } else if (isBlocking(webhook, served)) {
          suspend.add(webhook.name());
        }
      }
      if (!suspend.isEmpty() || !putBack.isEmpty()) {
        remedies.add(remedy(config, suspend, putBack));
      }
    }
    return diagnosis(remedies, waiting);
  }

  private static boolean isBlocking(Webhook webhook, boolean served) {
    return webhook.fails() && !webhook.service().isEmpty() && !served && webhook.concernsRecovery();
  }

  private static Diagnosis diagnosis(List<Remedy> remedies, List<String> waiting) {
    if (!remedies.isEmpty()) {
      return Diagnosis.curable(
          remedies.size() + " webhook configurations to suspend or put back", remedies);
    }
    return waiting.isEmpty()
        ? Diagnosis.well("no webhook blocks a recovery")
        : Diagnosis.troubled(
            "webhooks are suspended whose service is not back yet",
            "run it again when the service is back, which puts them back",
            waiting);
  }

  private static Remedy remedy(WebhookConfig config, Set<String> suspend, Set<String> putBack) {
    Change change =
        Change.of(
            "webhooks/" + config.kind() + "/" + config.name(),
            suspend.isEmpty()
                ? "put the webhooks back"
                : "suspend the webhooks whose service is gone",
            config.name(),
            policies(suspend, "Fail", putBack, "Ignore"),
            policies(suspend, "Ignore", putBack, "Fail"));
    WebhookConfig changed = config.with(suspend, putBack);
    return new Remedy(change, new ApiWrite.Replace(changed.path(GROUP), changed.document()));
  }

  private static String policies(Set<String> one, String its, Set<String> other, String theirs) {
    List<String> policies = new ArrayList<>();
    one.stream().sorted().forEach(name -> policies.add(name + " " + its));
    other.stream().sorted().forEach(name -> policies.add(name + " " + theirs));
    return String.join(", ", policies);
  }

  private static boolean isServed(KubeApi api, String service) {
    String[] parts = service.split("/", -1);
    String path = "/apis/discovery.k8s.io/v1/namespaces/" + parts[0] + "/endpointslices";
    JsonObject slices =
        api.get(path, "labelSelector", "kubernetes.io/service-name=" + parts[1]).body();
    return Doc.objects(slices, "items").stream()
        .flatMap(slice -> Doc.objects(slice, "endpoints").stream())
        .anyMatch(endpoint -> !Doc.text(endpoint, "conditions", "ready").equals("false"));
  }
}
