package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.clusterrecovery.Code;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes whose hosts can be asked which kubelet runs there. */
class CsrHostsTest extends ApproverSetup {
  private final RemoteHost host = mock();
  private Instant kubeletStarted = FakeClock.START.minusSeconds(5);

  @BeforeEach
  void answer() {
    when(host.name()).thenReturn("10.0.1.13");
    when(host.run(any())).thenAnswer(call -> kubelet());
  }

  @Test
  void approve_oneRequestOfTheRunningKubelet_doesNotWaitForRivals() {
    Kubelet.on(api, NODE, IP).asksForClient();
    run().carryOut(onHost().build());
    assertThat(api.approved()).hasSize(2);
    assertThat(clock.elapsed()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void approve_requestsOfEarlierKubelets_areHeldAndTheLatestApproved() {
    kubeletStarted = FakeClock.START.plusSeconds(100);
    for (int i = 0; i < 4; i++) {
      api.add(
          RequestFixture.client(NODE, Keys.p256())
              .named("earlier-" + i)
              .created(FakeClock.START.plusSeconds(20L * i)));
    }
    Kubelet.on(api, NODE, IP);
    api.add(
        RequestFixture.client(NODE, Keys.p256())
            .named("living")
            .created(FakeClock.START.plusSeconds(102)));
    api.afterApproval =
        api.afterApproval.andThen(
            csr ->
                api.requests.values().stream()
                    .filter(r -> Doc.text(r, "metadata", "name").startsWith("serving"))
                    .forEach(
                        r ->
                            r.getAsJsonObject("metadata")
                                .addProperty("creationTimestamp", kubeletStarted.toString())));
    CsrReport report = run().carryOut(onHost().build());
    assertThat(api.approved()).containsExactlyInAnyOrder("living", "serving-of-master-3");
    assertThat(report.leftPending())
        .hasSize(4)
        .allSatisfy(r -> assertThat(r.decision().toString()).contains("living-kubelet"));
  }

  @Test
  void approve_twoOfTheRunningKubeletsTime_isRefused() {
    Kubelet.on(api, NODE, IP).asksForClient();
    api.add(RequestFixture.client(NODE, Keys.p256()).named("of-a-token-holder"));
    RefusedException refused = failure(RefusedException.class, onHost());
    assertThat(refused.code()).isEqualTo(Code.CSR_AMBIGUOUS);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void approve_kubeletRestartsAfterTheApproval_isApprovedAgainAndReported() {
    api.add(RequestFixture.client(NODE).named("first"));
    Kubelet kubelet = Kubelet.on(api, NODE, IP);
    api.afterApproval =
        csr -> {
          if (Doc.text(csr, "metadata", "name").equals("first")) {
            api.issue("first");
            kubeletStarted = FakeClock.START.plusSeconds(30);
            api.add(
                RequestFixture.client(NODE, Keys.p256())
                    .named("second")
                    .created(FakeClock.START.plusSeconds(31)));
          } else {
            kubelet.accept(csr);
            api.requests.values().stream()
                .filter(r -> Doc.text(r, "metadata", "name").startsWith("serving"))
                .forEach(
                    r ->
                        r.getAsJsonObject("metadata")
                            .addProperty("creationTimestamp", kubeletStarted.toString()));
          }
        };
    CsrReport report = run().carryOut(onHost().build());
    assertThat(report.approvedAgain()).extracting(JudgedRequest::name).containsExactly("second");
    assertThat(report.toString()).contains("approved again: client of master-3");
    assertThat(api.approved()).containsExactly("first", "second", "serving-of-master-3");
  }

  @Test
  void approve_hostThatCannotBeAsked_waitsAndSaysSo() {
    when(host.run(any()))
        .thenThrow(
            new RefusedException(new Refusal(Code.HOST_UNREACHABLE, "no answer", "look"), null));
    Kubelet.on(api, NODE, IP).asksForClient();
    RuntimeException failed =
        failure(RuntimeException.class, onHost().clientLimit(Duration.ofMinutes(1)));
    assertThat(failed).hasMessageContaining("could not be asked");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void approve_newestAllowed_takesItAfterTheRivalWaitAndSaysSo() {
    api.add(RequestFixture.client(NODE, Keys.p256()).named("older"));
    Kubelet.on(api, NODE, IP);
    api.add(
        RequestFixture.client(NODE, Keys.p256())
            .named("newest")
            .created(FakeClock.START.plusSeconds(1)));
    CsrReport report = run().carryOut(approver().allowNewest().build());
    assertThat(api.approved()).containsExactly("newest", "serving-of-master-3");
    assertThat(report.forced()).containsExactly("allowNewest()");
    assertThat(clock.elapsed()).isGreaterThan(Duration.ofSeconds(9));
  }

  @Test
  void approve_newestAllowedButTwoOfOneSecond_isRefused() {
    api.add(RequestFixture.client(NODE, Keys.p256()).named("one"));
    api.add(RequestFixture.client(NODE, Keys.p256()).named("other"));
    RefusedException refused = failure(RefusedException.class, approver().allowNewest());
    assertThat(refused.code()).isEqualTo(Code.CSR_AMBIGUOUS);
  }

  private CsrApprover.Builder onHost() {
    ApiClient client = api.client();
    return CsrApprover.on(client)
        .feeds(ListedObjects::new)
        .expectNode(NODE, List.of(IP), host)
        .createdAfter(FakeClock.START);
  }

  private CommandResult kubelet() {
    Duration age = Duration.between(kubeletStarted, clock.now());
    double up = 10_000;
    double ticks = (up - age.toMillis() / 1000.0) * 100;
    return new CommandResult(0, "kubelet %.0f 100 %.2f%n".formatted(ticks, up), "", Duration.ZERO);
  }
}
