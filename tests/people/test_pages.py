def test_x(client_as):
    c = client_as("beheerder")
    for url in ["/beheer/rollen/", "/beheer/mensen/", "/beheer/demo/", "/", "/inloggen/"]:
        r = c.get(url)
        assert r.status_code == 200, url
