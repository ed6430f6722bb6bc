package fauxdr

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

const completes = "facade00000000000000000000000001"

// quarantine is the client under test.
func quarantine(t *testing.T, world *Tenant, purpose string) int {
	t.Helper()
	key := world.Credentials["cortex"][purpose]
	body := `{"request_data":{"filters":[{"field":"endpoint_id_list","operator":"in","value":["` + completes +
		`"]}],"file_path":"C:\\temp\\test_x64.msi","file_hash":"` + strings.Repeat("0", 64) + `"}}`
	request, err := http.NewRequest("POST", world.URL+"/public_api/v1/endpoints/quarantine", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("x-xdr-auth-id", key["x-xdr-auth-id"])
	request.Header.Set("Authorization", key["key"])
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode
}

func TestItIsSentOnce(t *testing.T) {
	world := New(t, nil)
	if status := quarantine(t, world, "standard key"); status != 200 {
		t.Fatalf("it was answered %d", status)
	}
	world.Verify(Values{"operation": "quarantineFiles", "times": 1})
	if miss := world.Miss(Values{"operation": "quarantineFiles", "times": 2}); !strings.Contains(miss, "saw 1") {
		t.Errorf("one call was taken for two: %q", miss)
	}
	world.Advance(time.Hour)
}

func TestWantOfALicenceIsSeen(t *testing.T) {
	if status := quarantine(t, New(t, Values{"wire": "recorded"}), "no licence (402)"); status != 402 {
		t.Errorf("it was answered %d", status)
	}
}

func TestAFaultStrikes(t *testing.T) {
	world := New(t, nil)
	world.AddFault(Values{"times": 1, "fault": Values{"kind": "status", "status": 503}})
	if status := quarantine(t, world, "standard key"); status != 503 {
		t.Errorf("it was answered %d", status)
	}
}
