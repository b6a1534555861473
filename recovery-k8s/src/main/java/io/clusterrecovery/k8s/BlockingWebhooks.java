package io.clusterrecovery.k8s;

import io.clusterrecovery.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Admission webhooks that nothing is admitted without, and whose service is gone: where they are
 * asked about what a recovery writes, nodes and their pods can't come back, and so the service
 * can't. They are suspended, and put back once the service is there again.
 */
final class BlockingWebhooks implements ClusterCheck<BlockingWebhooks.Seen> {
  private static final String GROUP = "/apis/admissionregistration.k8s.io/";

  /**
   * What there is.
   *
   * @param configs all configurations
   * @param served those services of theirs that have somebody behind them
   */
  record Seen(List<WebhookConfig> configs, Set<String> served) {}

  @Override
  public String name() {
    return "blocking-webhooks";
  }

  @Override
  public Seen observe(KubeApi api, CleanSettings settings) {
    List<WebhookConfig> configs = new ArrayList<>();
    group(api)
        .ifPresent(
            group -> {
              for (String kind : List.of("mutating", "validating")) {
                String folder = group + "/" + kind + "webhookconfigurations";
                Pages.all(api, folder)
                    .forEach(config -> configs.add(new WebhookConfig(kind, folder, config)));
              }
            });
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
    return new Remedy(change, new ApiWrite.Replace(changed.path(), changed.document()));
  }

  private static String policies(Set<String> one, String its, Set<String> other, String theirs) {
    List<String> policies = new ArrayList<>();
    one.stream().sorted().forEach(name -> policies.add(name + " " + its));
    other.stream().sorted().forEach(name -> policies.add(name + " " + theirs));
    return String.join(", ", policies);
  }

  /** Before Kubernetes 1.16 there was only the older version. */
  private static Optional<String> group(KubeApi api) {
    return Stream.of("v1", "v1beta1")
        .map(version -> GROUP + version)
        .filter(group -> api.find(group).isPresent())
        .findFirst();
  }

  private static boolean isServed(KubeApi api, String service) {
    String path = "/api/v1/namespaces/" + service.replace("/", "/endpoints/");
    return api.find(path).stream()
        .flatMap(endpoints -> Doc.objects(endpoints.body(), "subsets").stream())
        .anyMatch(subset -> !Doc.objects(subset, "addresses").isEmpty());
  }
}
