package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.route53.model.Route53Exception;

class AwsFailuresTest {
  @ParameterizedTest
  @CsvSource({
    "400, Throttling,              true,  true,  false",
    "400, PriorRequestNotComplete, true,  true,  false",
    "400, InvalidChangeBatch,      false, false, false",
    "404, NoSuchHostedZone,        false, false, false",
    "403, AccessDenied,            false, false, false",
    "500, InternalFailure,         false, true,  true",
    "503, ServiceUnavailable,      false, true,  true"
  })
  void answers_areClassified(
      int status, String code, boolean busy, boolean passing, boolean unclear) {
    AwsServiceException answer = answer(status, code);

    assertThat(
            List.of(
                AwsFailures.busy(answer), AwsFailures.passing(answer), AwsFailures.unclear(answer)))
        .containsExactly(busy, passing, unclear);
  }

  @Test
  void brokenConnection_passesAndIsUnclear() {
    SdkClientException broken = SdkClientException.create("x", new ConnectException("refused"));

    assertThat(AwsFailures.passing(broken)).isTrue();
    assertThat(AwsFailures.unclear(broken)).isTrue();
  }

  @Test
  void slowAnswer_isNotRepeatedAtOnceButIsTemporary() {
    for (var slow :
        List.of(
            ApiCallTimeoutException.create(1),
            SdkClientException.create("x", new IOException(new SocketTimeoutException("read"))))) {
      assertThat(AwsFailures.passing(slow)).isFalse();
      assertThat(AwsFailures.temporary(slow)).isTrue();
      assertThat(AwsFailures.unclear(slow)).isTrue();
    }
  }

  @Test
  void interrupt_isNeverRepeated() {
    AbortedException aborted =
        AbortedException.create("x", new InterruptedException("interrupted"));

    assertThat(AwsFailures.temporary(aborted)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'Unable to execute HTTP request: refused (SDK Attempt Count: 4)', Unable to execute HTTP request: refused",
    "'x (SDK Diagnostics: numAttempts = 4) y', x y",
    "'(Service: Route53, Status Code: 503, Request ID: ab-1) (SDK Attempt Count: 1)', SdkClientException"
  })
  void said_ofTheClient_isWithoutTheSdksOwnAdditions(String message, String said) {
    assertThat(AwsFailures.said(SdkClientException.create(message))).isEqualTo(said);
  }

  @Test
  void said_ofTheService_isCodeAndMessageOrTheStatus() {
    AwsServiceException bare =
        Route53Exception.builder().statusCode(503).requestId("ab-1").numAttempts(4).build();

    assertThat(AwsFailures.said(answer(403, "AccessDenied"))).isEqualTo("AccessDenied: m");
    assertThat(AwsFailures.said(bare)).isEqualTo("HTTP status 503");
    assertThat(
            AwsFailures.said(
                Route53Exception.builder()
                    .statusCode(503)
                    .requestId("ab-1")
                    .awsErrorDetails(AwsErrorDetails.builder().build())
                    .build()))
        .isEqualTo("HTTP status 503");
  }

  private static AwsServiceException answer(int status, String code) {
    return Route53Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("m").build())
        .build();
  }
}
