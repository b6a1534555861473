package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.EtcdSigner.SignerSettings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs a signer, and takes it away again. */
final class SignerAct {
  private static final Duration CLOSE_LIMIT = Duration.ofMinutes(3);

  private final SignerSettings settings;
  private final SignerHost host;
  private final RunContext run;
  private final Set<IssuedCertificate> issued = new LinkedHashSet<>();
  private String unlisted = "";

  SignerAct(SignerSettings settings, RunContext run) {
    this.settings = settings;
    this.host = new SignerHost(settings.host());
    this.run = run;
  }

  void removeLeft(SignerPods.Pod left) {
    look();
    run.change(SignerRules.removal(left), () -> remove(Optional.of(left)));
  }

  /** Returns when it listens. */
  void open() {
    run.change(
        SignerRules.start(settings),
        () -> {
          String image = settings.images(run).signer();
          String manifest = host.manifest(settings.hostname(), image, run);
          settings.pods().create(manifest, settings.hostname(), settings.life(), run);
          run.await(
              Wait.named("the signer listens on " + where(), settings.startLimit()),
              this::listening);
        });
  }

  private Poll<Boolean> listening() {
    if (host.listens()) {
      return Poll.done(true);
    }
    Optional<SignerPods.Pod> pod = settings.pods().find(run);
    return pod.filter(there -> there.isOf(run.runId())).isPresent()
        ? Poll.notYet("the pod is " + pod.get().state())
        : Poll.never(
            Code.CONCURRENT_CHANGE,
            "The signer's pod was deleted by somebody else.",
            "Find out by whom, then run the step again.");
  }

  /** Deletes it, if it is there; gives what it has issued until its end. */
  List<IssuedCertificate> close() {
    Optional<SignerPods.Pod> pod = ours();
    if (pod.isEmpty() && !host.listens()) {
      return List.of();
    }
    look();
    run.change(SignerRules.stop(), () -> remove(pod));
    return List.copyOf(issued);
  }

  /** An interrupt waits until that is done; another one does not. */
  RuntimeException closedAfter(RuntimeException failure) {
    boolean interrupted = Thread.interrupted();
    try {
      close();
      return failure;
    } catch (RecoveryException e) {
      return both(failure, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private RecoveryException both(RuntimeException failure, RecoveryException second) {
    RecoveryException first =
        failure instanceof RecoveryException told
            ? told
            : run.failure(Code.UNEXPECTED, "Failed: " + failure, "Look at the cause.", failure);
    RecoveryException both =
        run.failure(
            first.code(),
            "%s Besides, the signer on %s could not be taken away: %s"
                .formatted(first.found(), where(), second.found()),
            "%s Run it again, which deletes the signer's pod; the kubelet ends it by itself %d min after its start."
                .formatted(first.next(), settings.life().toMinutes()),
            failure);
    both.addSuppressed(second);
    return both;
  }

  /** What cannot be listed must not keep the signer running. */
  private void look() {
    try {
      host.issued().stream()
          .filter(issued::add)
          .forEach(certificate -> run.line("The signer has issued " + certificate + "."));
    } catch (RecoveryException e) {
      if (!e.found().equals(unlisted)) {
        unlisted = e.found();
        run.line("What the signer has issued could not be listed: " + unlisted);
      }
    }
  }

  /** It signs until the kubelet has ended it, so it is looked at until then. */
  private void remove(Optional<SignerPods.Pod> pod) {
    pod.ifPresent(there -> settings.pods().delete(there, run));
    run.await(
        Wait.named("the signer's pod gone, its port closed on " + where(), CLOSE_LIMIT),
        () -> {
          look();
          Optional<SignerPods.Pod> left = ours();
          if (left.isPresent()) {
            return Poll.notYet("the pod is " + left.get().state());
          }
          return host.listens() ? Poll.notYet("something listens still") : Poll.done(true);
        });
  }

  private Optional<SignerPods.Pod> ours() {
    return settings.pods().find(run).filter(pod -> pod.run().isPresent());
  }

  private String where() {
    return settings.host().name() + ":" + EtcdSigner.PORT;
  }
}
